# 服务点怎么进来：文件导入、在聊天里添加

import-bad-system = 没有“{ $given }”这种坐标系；可用的有 { $known }
error-import-no-grids = 请先导入网格：没有网格，就不知道县在哪里。
import-row-not-point = 服务点应是 Point，不是 { $kind }
import-row-zero-coordinates = 0, 0 在大西洋里：设备不知道自己在哪时才会这样写
import-row-swapped = { $latitude }, { $longitude } 像是写反了：经度那一列里是纬度
import-row-out-of-county = { $latitude }, { $longitude } 不在本县
import-row-other-grid = { $latitude }, { $longitude } 在 { $actual }，不在 { $code }
import-row-other-system = { $latitude }, { $longitude } 在 { $actual }，和“{ $named }”对不上；按 { $system } 算则在 { $there }，对得上。如果确是 { $system }，请在 system 列写明，或整个文件用 --system { $system } 导入；如果没有错，请写明是哪种坐标系
import-row-unknown-kind = 没有“{ $value }”这一类（已有 { $allowed }）。新的一类要用小写字母，并填 kind_zh 和 kind_en
import-row-kind-differs = “{ $value }”这一类在 { $where } 叫别的名字
import-row-unknown-facility = 没有“{ $value }”这种设施（已有 { $allowed }）
import-remark-places-kept = 文件里没有、原样保留的服务点（{ $count } 处）：{ $names }
import-remark-places-removed = 文件里没有、已去掉的服务点（{ $count } 处）：{ $names }
import-remark-chat-places-kept = 在聊天里添加、仍保留的服务点（{ $count } 处）：{ $names }
import-remark-places-elsewhere = 地址里的社区或镇和坐标所在处不同的服务点（{ $count } 处）：{ $names }
deed-places_imported = 导入服务点
deed-place_added = 添加服务点
deed-place_changed = 改了服务点的资料
deed-place_removed = 去掉服务点
told-place-removed = 🏠 { $place }已不在服务点名单里，您不用再照看了。谢谢您一直以来的照看。
